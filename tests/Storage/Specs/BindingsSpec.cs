using TeleCube.Kernel.Persistence;
using TeleCube.Storage.Groups;
using TeleCube.Storage.Tests.Fixtures;

namespace TeleCube.Storage.Tests.Specs;

/// <summary>What every committer knows of a registration's change whose commit was in doubt: what was told with it must not be told again.</summary>
static class BindingsSpec
{
    public static async Task CanBeReadBack(IGroupCommitter committer)
    {
        var row = new RegistrationRow
        {
            Tenant = Samples.NewTenant(),
            Extension = "101",
            Contact = "sip:a@192.0.2.7",
            CallId = "a",
            CSeq = 1,
            RegisteredAt = Samples.Noon.AddTicks(7), // finer than any store keeps
            ExpiresAt = DateTimeOffset.UtcNow.AddHours(1),
        };
        var (added, refreshed, removed) = (
            new PendingWrite { Bindings = [row] }, new PendingWrite { Bindings = [row with { CSeq = 2 }] }, new PendingWrite { Unbindings = [row.Key] });

        Assert.False(await committer.WasCommitted(added));
        await committer.Commit([added]);
        Assert.True(await committer.WasCommitted(added));
        Assert.False(await committer.WasCommitted(refreshed));
        Assert.False(await committer.WasCommitted(removed));
        await committer.Commit([removed]);
        Assert.True(await committer.WasCommitted(removed));
        Assert.False(await committer.WasCommitted(added));
    }
}
