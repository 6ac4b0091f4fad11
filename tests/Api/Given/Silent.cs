using TeleCube.Actors.Trunks;
using TeleCube.Kernel.Actors;

namespace TeleCube.Api.Tests.Given;

/// <summary>Stands where the wire begins: an entity that takes everything and does nothing.</summary>
sealed class Silent : Actor
{
    protected override void Receive(object message) { }
}

/// <summary>A node whose trunks have not been asked yet.</summary>
sealed class NoTrunkStates : ITrunks
{
    public IReadOnlyCollection<TrunkStatus> All => [];

    public TrunkStatus? Find(TrunkId id) => null;
}
