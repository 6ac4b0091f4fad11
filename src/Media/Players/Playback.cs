using TeleCube.Media.Codecs;
using TeleCube.Media.Messages;

namespace TeleCube.Media.Players;

/// <summary>Where one playing is in its list of clips; knows frames, not clocks or sockets.</summary>
sealed class Playback(PlayId id, Playlist list)
{
    int _clip, _offset, _round = 1;

    public PlayId Id => id;

    /// <summary>It will be taken up where it was broken off, should the same list be played again.</summary>
    public bool MayGoOn => list.GoesOn;

    /// <summary>Begins where another one of the same list was broken off.</summary>
    public void GoOnFrom(Playback? brokenOff)
    {
        if (brokenOff?.IsOf(list) is true) (_clip, _offset) = (brokenOff._clip, brokenOff._offset);
    }

    /// <summary>Fills one A-law frame, the rest of the last one with silence. False: nothing was left, the frame is untouched.</summary>
    public bool Fill(Span<byte> frame)
    {
        var filled = 0;
        while (filled < frame.Length && Current is { } clip)
        {
            var count = Math.Min(frame.Length - filled, clip.Length - _offset);
            clip.ALaw.AsSpan(_offset, count).CopyTo(frame[filled..]);
            (filled, _offset) = (filled + count, _offset + count);
            if (_offset == clip.Length) NextClip();
        }
        if (filled > 0) frame[filled..].Fill(G711.ALawSilence);
        return filled > 0;
    }

    /// <summary>Passes over frames that could not be sent in time.</summary>
    public void Skip(int samples)
    {
        while (samples > 0 && Current is { } clip)
        {
            var count = Math.Min(samples, clip.Length - _offset);
            (samples, _offset) = (samples - count, _offset + count);
            if (_offset == clip.Length) NextClip();
        }
    }

    bool IsOf(Playlist other) => list.GoesOn && other.GoesOn && list.Clips.SequenceEqual(other.Clips);

    AudioClip? Current => _clip < list.Clips.Count ? list.Clips[_clip] : null;

    void NextClip()
    {
        (_clip, _offset) = (_clip + 1, 0);
        if (_clip < list.Clips.Count || list.Times != 0 && _round >= list.Times) return;
        (_clip, _round) = (0, list.Times == 0 ? 1 : _round + 1);
    }
}

/// <summary>Clips, none of them empty, and how often the list is played; 0 = for ever.</summary>
sealed record Playlist(IReadOnlyList<AudioClip> Clips, int Times)
{
    /// <summary>Music: who has heard something else in between hears it from where it was; a tone or a question begins anew.</summary>
    public bool GoesOn { get; init; }
}
