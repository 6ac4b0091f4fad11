namespace TeleCube.Actors.Sms;

/// <summary>None is configured: messages stand in the log as failed, with that reason.</summary>
public sealed class NoSmsGateway : ISmsGateway
{
    public Task<SmsOutcome> Send(SmsMessage message, CancellationToken stop) =>
        Task.FromResult<SmsOutcome>(new SmsOutcome.Refused("no SMS gateway is configured (telecube.sms.gateway-url)"));
}
