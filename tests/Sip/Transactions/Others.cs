using TeleCube.Sip.Transactions;

namespace TeleCube.Sip.Tests.Transactions;

/// <summary>Proves that a machine ignores whatever its figure doesn't name.</summary>
static class Others
{
    public static void Stay(TheoryData<ClientState, ClientInput, ClientState, Do> rows, Func<ClientState, ClientInput, ClientStep> next)
    {
        var named = rows.Select(row => ((ClientState)row[0], (ClientInput)row[1])).ToHashSet();
        foreach (var state in Enum.GetValues<ClientState>())
            foreach (var input in Enum.GetValues<ClientInput>())
                if (!named.Contains((state, input))) Assert.Equal(new ClientStep(state), next(state, input));
    }

    public static void Stay(TheoryData<ServerState, ServerInput, ServerState, Do> rows, Func<ServerState, ServerInput, ServerStep> next)
    {
        var named = rows.Select(row => ((ServerState)row[0], (ServerInput)row[1])).ToHashSet();
        foreach (var state in Enum.GetValues<ServerState>())
            foreach (var input in Enum.GetValues<ServerInput>())
                if (!named.Contains((state, input))) Assert.Equal(new ServerStep(state), next(state, input));
    }
}
