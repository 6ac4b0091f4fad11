using System.Threading.Channels;
using TeleCube.Kernel.Actors;

namespace TeleCube.Tests.Support;

/// <summary>Stands where an actor would and keeps what it is told, for a test to await.</summary>
public sealed class TestProbe : ActorRef
{
    static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);

    readonly Channel<(object Message, ActorRef Sender)> _told = Channel.CreateUnbounded<(object, ActorRef)>();

    public override string Path => "/probe";

    /// <summary>Who sent the message that was awaited last.</summary>
    public ActorRef LastSender { get; set; } = Nobody;

    public override bool TryTell(object message, ActorRef? sender = null) => _told.Writer.TryWrite((message, sender ?? Nobody));

    /// <summary>The next message, which must be a <typeparamref name="T"/>.</summary>
    public async Task<T> Expect<T>()
    {
        using var guard = new CancellationTokenSource(_patience);
        (var message, LastSender) = await _told.Reader.ReadAsync(guard.Token);
        return message is T expected
            ? expected
            : throw new InvalidOperationException($"expected {typeof(T).Name}, was told {message}");
    }

    /// <summary>The next <typeparamref name="T"/>; what comes before it is dropped.</summary>
    public async Task<T> ExpectEventually<T>()
    {
        using var guard = new CancellationTokenSource(_patience);
        while (true)
        {
            (var message, LastSender) = await _told.Reader.ReadAsync(guard.Token);
            if (message is T expected) return expected;
        }
    }

    /// <summary>True if there is nothing that was told and not awaited yet.</summary>
    public bool IsQuiet => _told.Reader.Count == 0;
}
