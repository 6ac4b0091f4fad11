namespace TeleCube.Actors.Sms;

/// <summary>The way of an SMS out of the exchange. A message that is sent twice under one id must arrive once.</summary>
public interface ISmsGateway
{
    /// <summary>Never throws for what the gateway or the network does: that is an outcome.</summary>
    Task<SmsOutcome> Send(SmsMessage message, CancellationToken stop);
}

/// <summary>What a gateway is given; a repeat has the same <paramref name="Id"/>.</summary>
public sealed record SmsMessage(string Id, string To, string Text);

/// <summary>What the gateway said.</summary>
public abstract record SmsOutcome
{
    SmsOutcome() { }

    /// <summary>It will deliver the message, which it calls by this name.</summary>
    public sealed record Taken(string? Reference) : SmsOutcome;

    /// <summary>It never will: another try is of no use.</summary>
    public sealed record Refused(string Reason) : SmsOutcome;

    /// <summary>It could not be reached, or has no time now.</summary>
    public sealed record Unreached(string Reason) : SmsOutcome;
}
