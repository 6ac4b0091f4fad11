namespace TeleCube.Scenarios.Tests.Recovery;

/// <summary>Both ends of one call through the exchange, and what the CDR must say about it.</summary>
sealed class FarmTalk
{
    public static readonly TimeSpan Guard = TimeSpan.FromSeconds(30);

    public required FarmCall Caller { get; init; }

    public required FarmCall Callee { get; set; }

    public required string Id { get; init; }

    /// <summary>When the answer went out that the exchange heard, and when the caller knew. Both ends of an exchange that is down only wait.</summary>
    public (DateTimeOffset From, DateTimeOffset To)? Answered { get; private set; }

    /// <summary>When the end was asked for and when it was acknowledged.</summary>
    public (DateTimeOffset From, DateTimeOffset To)? Ended { get; private set; }

    /// <summary>Allowed causes; empty while nothing is known.</summary>
    public string[] Causes { get; set; } = [];

    public bool Held => Caller.Holds;

    public static async Task<FarmTalk> Ring(FarmPhone from, FarmPhone to, double hz)
    {
        var caller = await from.Dial(to.Extension, hz).WaitAsync(Guard);
        using var guard = new CancellationTokenSource(Guard);
        var callee = await to.Incoming(guard.Token);
        await caller.Ringing.WaitAsync(Guard);
        return new FarmTalk { Caller = caller, Callee = callee, Id = caller.Id };
    }

    public async Task Answer()
    {
        Callee.Answer();
        var response = await Caller.Final.WaitAsync(Guard);
        if (!response.IsSuccess) throw new InvalidOperationException($"{Caller}: the answer came as {response.Status} {response.Reason}");
        Answered = (await Callee.AnswerTaken.WaitAsync(Guard), DateTimeOffset.UtcNow);
    }

    /// <summary>The time at which both hear each other.</summary>
    public async Task<DateTimeOffset> BothHear()
    {
        var times = await Task.WhenAll(Caller.Audio.Hear(Callee.Audio.Hz), Callee.Audio.Hear(Caller.Audio.Hz)).WaitAsync(Guard);
        return times.Max();
    }

    public async Task End(bool byCallee = false)
    {
        var from = DateTimeOffset.UtcNow;
        var (ends, other) = byCallee ? (Callee, Caller) : (Caller, Callee);
        var over = other.Over;
        var answer = await ends.Bye();
        Ended = (from, DateTimeOffset.UtcNow);
        if (Causes is []) Causes = answer.IsSuccess ? ["hung-up"] : ["hung-up", "peer-gone"];
        await over.WaitAsync(Guard);
    }

    public void IsOver(DateTimeOffset from) => Ended = (from, DateTimeOffset.UtcNow);
}
