using TeleCube.Media.Messages;
using TeleCube.Media.Sockets;

namespace TeleCube.Media.Streams;

sealed partial class MediaLoop
{
    const int MaxCommands = 64; // a burst of calls must not hold up the audio of those that talk

    void RunCommands()
    {
        for (var i = 0; i < MaxCommands; i++)
        {
            if (!Admit() || !_inbox.TryDequeue(out var message)) return;
            try
            {
                Run(message);
            }
            catch (Exception e)
            {
                if (Find(StreamOf(message)) is { } stream) Broken(stream, e);
                else Tally.Faults++;
            }
        }
        _poller.Wake();
    }

    void Run(object message)
    {
        switch (message)
        {
            case MediaCommand.Open open: Open(open); break;
            case MediaCommand.Connect(var a, var b) when Find(a) is { } first && Find(b) is { } second: first.Connect(second); break;
            case MediaCommand.Close(var id): Close(id); break;
            case LoopMessage.Expect(var id): _expected = id; break;
            case LoopMessage.Detach detach: HandOver(detach); break;
            case LoopMessage.Tap(var id, var channel): Find(id)?.Tap(channel); break;
            case LoopMessage.PlayLoaded loaded: Find(loaded.Stream)?.PlayLoaded(loaded.Id, loaded.List, loaded.Fault); break;
            case MediaCommand.Play play when Find(play.Stream) is null:
                Emit(new MediaEvent.PlayEnded(play.Stream, play.Id, false, "no-such-stream"));
                break;
            case MediaCommand command when Find(StreamOf(command)) is { } stream: Run(stream, command, NowNs); break;
        }
    }

    static void Run(MediaStream stream, MediaCommand command, long nowNs)
    {
        switch (command)
        {
            case MediaCommand.Configure plan: stream.Configure(plan, nowNs); break;
            case MediaCommand.Disconnect: stream.Disconnect(); break;
            case MediaCommand.Play play: stream.Play(play.Id); break;
            case MediaCommand.StopPlay: stream.EndPlay(completed: false); break;
            case MediaCommand.SendDtmf dtmf: stream.SendDtmf(dtmf.Digits, report: true); break;
            case MediaCommand.HoldKeys hold: stream.HoldKeys(hold.On); break;
            case MediaCommand.Watch watch: stream.Watch(watch, nowNs); break;
            case MediaCommand.Report: stream.Report(); break;
        }
    }

    MediaStream? Find(StreamId id) => _byId.GetValueOrDefault(id);

    void Open(MediaCommand.Open open)
    {
        var rtp = UdpSocket.TryOpen(open.Bind, open.Port, _options.TypeOfService, out var fault);
        var rtcp = rtp is null ? null : UdpSocket.TryOpen(open.Bind, open.Port + 1, _options.TypeOfService, out fault);
        if (rtp is null || rtcp is null)
        {
            rtp?.Close();
            _owner.Gone(open.Stream);
            Emit(new MediaEvent.Failed(open.Stream, fault));
            return;
        }
        Attach(new MediaStream(open.Stream, open.Group, rtp, rtcp, _options, this));
        Emit(new MediaEvent.Opened(open.Stream));
    }

    void Close(StreamId id)
    {
        var stream = Find(id);
        if (stream is not null) Release(stream);
        Emit(new MediaEvent.Closed(id, stream?.Quality() ?? StreamQuality.None));
    }

    void HandOver(LoopMessage.Detach detach)
    {
        var stream = Find(detach.Stream);
        if (stream is not null) Detach(stream);
        detach.To._arrivals.Enqueue(new(detach.Stream, stream)); // also when it is gone: the other loop waits for it
        detach.To._poller.Wake();
    }

    // False: the stream that the next command may be about is still on its way. It may also have come before we were told to expect it.
    bool Admit()
    {
        while (_arrivals.TryDequeue(out var arrival)) _waiting[arrival.Id] = arrival.Stream;
        if (_expected is not { } expected) return true;
        if (!_waiting.Remove(expected, out var stream)) return false;
        _expected = null;
        if (stream is not null) TryAttach(stream);
        return true;
    }

    internal static StreamId StreamOf(object message) => message switch
    {
        MediaCommand.Open m => m.Stream,
        MediaCommand.Configure m => m.Stream,
        MediaCommand.Connect m => m.A,
        MediaCommand.Disconnect m => m.Stream,
        MediaCommand.Play m => m.Stream,
        MediaCommand.StopPlay m => m.Stream,
        MediaCommand.SendDtmf m => m.Stream,
        MediaCommand.HoldKeys m => m.Stream,
        MediaCommand.StartRecording m => m.A,
        MediaCommand.StopRecording m => m.A,
        MediaCommand.Watch m => m.Stream,
        MediaCommand.Report m => m.Stream,
        MediaCommand.Close m => m.Stream,
        _ => default,
    };

    readonly record struct Arrival(StreamId Id, MediaStream? Stream);
}
