using System.Runtime.InteropServices;

namespace TeleCube.Node.Composition;

/// <summary>SIGTERM or SIGINT asks for a clean stop; a second one, or the end of the time for it, asks to hurry.</summary>
sealed class StopSignal : IDisposable
{
    readonly CancellationTokenSource _asked = new();
    readonly CancellationTokenSource _hurry = new();
    readonly TaskCompletionSource _waited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly PosixSignalRegistration[] _registrations;
    readonly TimeSpan _within;

    public StopSignal(TimeSpan within)
    {
        _within = within;
        _registrations = [PosixSignalRegistration.Create(PosixSignal.SIGTERM, Ask), PosixSignalRegistration.Create(PosixSignal.SIGINT, Ask)];
    }

    public CancellationToken Asked => _asked.Token;

    public CancellationToken Hurry => _hurry.Token;

    public Task Wait() => _waited.Task;

    void Ask(PosixSignalContext context)
    {
        context.Cancel = true; // the runtime would end the process otherwise
        if (_waited.TrySetResult())
        {
            _hurry.CancelAfter(_within);
            _asked.Cancel();
        }
        else
        {
            _hurry.Cancel();
        }
    }

    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
        _asked.Dispose();
        _hurry.Dispose();
    }
}
