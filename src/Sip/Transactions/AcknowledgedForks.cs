using TeleCube.Sip.Dialogs;
using TeleCube.Sip.Messages;
using TeleCube.Sip.Transport;

namespace TeleCube.Sip.Transactions;

/// <summary>
/// The forks of one INVITE by To tag: which 2xx the user knows, with which ACK each was answered, which reliable 1xx came last.
/// </summary>
sealed class AcknowledgedForks
{
    readonly List<Fork> _forks = new(1);

    public bool IsNewSuccess(string? tag)
    {
        var fork = Of(tag);
        if (fork.HasSuccess) return false;
        return fork.HasSuccess = true;
    }

    /// <summary>False for a reliable 1xx that was passed up already or overtook one that is missing (RFC 3262 §4).</summary>
    public bool IsNewProvisional(SipResponse response)
    {
        if (ReliableProvisional.NumberOf(response) is not { } rseq) return true;
        var fork = Of(response.To.Tag);
        if (fork.LastRSeq is { } last && rseq != last + 1) return false;
        fork.LastRSeq = rseq;
        return true;
    }

    public void Acknowledge(string? tag, SipTarget target, ReadOnlyMemory<byte> ack)
    {
        var fork = Of(tag);
        fork.HasSuccess = true;
        fork.Ack = (target, ack);
    }

    public (SipTarget Target, ReadOnlyMemory<byte> Bytes)? AckFor(string? tag) => Of(tag).Ack;

    Fork Of(string? tag)
    {
        foreach (var known in _forks)
            if (known.Tag == tag) return known;
        var fork = new Fork(tag);
        _forks.Add(fork);
        return fork;
    }

    sealed class Fork(string? tag)
    {
        public string? Tag => tag;
        public bool HasSuccess { get; set; }
        public uint? LastRSeq { get; set; }
        public (SipTarget, ReadOnlyMemory<byte>)? Ack { get; set; }
    }
}
