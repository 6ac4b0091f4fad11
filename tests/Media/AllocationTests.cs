namespace TeleCube.Media.Tests;

/// <summary>No packet makes garbage, whichever way it takes through the loop: the account of what the loop's thread has allocated does not grow.</summary>
public sealed class AllocationTests : IDisposable
{
    const int Warm = 5, Rounds = 10;
    const int BytesPerMessage = 1024; // what the core is told of a key, with the log that keeps it here; the key's hundred packets would make twice as much

    readonly PacketWays _ways = new();

    public void Dispose() => _ways.Dispose();

    public static TheoryData<string> Ways => new(PacketWays.Names);

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_packet_allocates_nothing(string way)
    {
        await using var studio = new Studio(new() { Loops = 1, RtcpInterval = TimeSpan.FromMilliseconds(100) });
        var (round, told) = await _ways.Open(way, studio);
        for (var i = 0; i < Warm; i++) await round();
        var before = studio.Engine.Loops[0].AllocatedBytes;
        for (var i = 0; i < Rounds; i++) await round();
        Assert.InRange(studio.Engine.Loops[0].AllocatedBytes - before, 0, Rounds * told * BytesPerMessage);
    }
}
