using TeleCube.Actors.Calls.Media;
using TeleCube.Media;
using TeleCube.Media.Messages;

namespace TeleCube.Actors.Tests.Wire;

/// <summary>A media engine without audio: it keeps account of what is played, recorded and connected; a sound is over when it is told so.</summary>
sealed class DeafMedia(MediaDesk desk) : IMediaEngine
{
    readonly Dictionary<StreamId, string> _recordings = [];
    readonly Queue<MediaEvent.PlayEnded> _sounds = new();

    /// <summary>Who hears what now; of sounds that end only those that are still to end.</summary>
    public Dictionary<StreamId, PlaySource> Playing { get; } = [];

    /// <summary>Whom each stream hears, both ways.</summary>
    public Dictionary<StreamId, StreamId> Connected { get; } = [];

    public HashSet<StreamId> Open { get; } = [];

    /// <summary>By stream, the port to which its audio goes.</summary>
    public Dictionary<StreamId, int> Remote { get; } = [];

    /// <summary>Whatever is played from now on, with the stream on which it is.</summary>
    public event Action<StreamId, PlaySource>? Played;

    public bool IsRecording(StreamId stream) => _recordings.ContainsKey(stream);

    public void Press(StreamId stream, char key) => desk.Heard(new MediaEvent.Dtmf(stream, key, TimeSpan.FromMilliseconds(100)));

    public void Send(MediaCommand command)
    {
        switch (command)
        {
            case MediaCommand.Open open:
                Open.Add(open.Stream);
                desk.Heard(new MediaEvent.Opened(open.Stream));
                break;
            case MediaCommand.Configure { Remote: { } remote } configure: Remote[configure.Stream] = remote.Rtp.Port; break;
            case MediaCommand.Connect(var a, var b): Connect(a, b); break;
            case MediaCommand.Disconnect(var stream): Disconnect(stream); break;
            case MediaCommand.Play play: Play(play); break;
            case MediaCommand.StopPlay(var stream): Playing.Remove(stream); break;
            case MediaCommand.SendDtmf(var stream, _): desk.Heard(new MediaEvent.DtmfSent(stream)); break;
            case MediaCommand.StartRecording(var stream, _, var path): _recordings[stream] = path; break;
            case MediaCommand.StopRecording(var stream): EndRecording(stream); break;
            case MediaCommand.Close(var stream): Close(stream); break;
        }
    }

    void Play(MediaCommand.Play play)
    {
        Playing[play.Stream] = play.Source;
        Played?.Invoke(play.Stream, play.Source);
        if (play.Source is PlaySource.Files { Times: > 0 }) _sounds.Enqueue(new MediaEvent.PlayEnded(play.Stream, play.Id, Completed: true));
    }

    /// <summary>The sound that was begun first is over; false: there is none that ends. Of one that was stopped or replaced nobody wants to know.</summary>
    public bool TryEndSound()
    {
        if (!_sounds.TryDequeue(out var ended)) return false;
        if (Playing.GetValueOrDefault(ended.Stream) is PlaySource.Files { Times: > 0 }) Playing.Remove(ended.Stream);
        desk.Heard(ended);
        return true;
    }

    /// <summary>Replaces an earlier connection of either.</summary>
    void Connect(StreamId a, StreamId b)
    {
        Disconnect(a);
        Disconnect(b);
        (Connected[a], Connected[b]) = (b, a);
    }

    void Disconnect(StreamId stream)
    {
        if (Connected.Remove(stream, out var other)) Connected.Remove(other);
    }

    void EndRecording(StreamId stream)
    {
        if (_recordings.Remove(stream, out var path)) desk.Heard(new MediaEvent.RecordingEnded(stream, path, TimeSpan.FromSeconds(10)));
    }

    void Close(StreamId stream)
    {
        EndRecording(stream);
        Disconnect(stream);
        Playing.Remove(stream);
        Remote.Remove(stream);
        if (Open.Remove(stream)) desk.Heard(new MediaEvent.Closed(stream, StreamQuality.None));
    }
}
