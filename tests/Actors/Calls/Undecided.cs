using TeleCube.Actors.Schemes.Decisions;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Actors.Tests.Calls;

/// <summary>No server can be asked where a call goes on.</summary>
sealed class Undecided : IDecisions
{
    public Task<Decided> Ask(TenantId company, Uri url, DecisionQuestion question, TimeSpan timeout, CancellationToken stop) => Task.FromResult(new Decided(null, "there is no server"));
}
