namespace TeleCube.Actors.Trunks;

/// <summary>The trunks' states on this node, read without a lock.</summary>
public interface ITrunks
{
    TrunkStatus? Find(TrunkId id);

    IReadOnlyCollection<TrunkStatus> All { get; }
}
