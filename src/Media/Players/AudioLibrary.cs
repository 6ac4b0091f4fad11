using System.Threading.Channels;
using TeleCube.Media.Messages;

namespace TeleCube.Media.Players;

/// <summary>
/// Loads and keeps what players play, on a worker of its own: no loop ever waits for a disk. Clips are kept up to a bound, the
/// least recently used leaves first; a file that has changed on disk is read anew.
/// </summary>
sealed class AudioLibrary : IAsyncDisposable
{
    readonly Channel<Request> _requests = Channel.CreateUnbounded<Request>(new() { SingleReader = true }); // bounded by the number of streams
    readonly Dictionary<string, LinkedListNode<Entry>> _entries = [];
    readonly LinkedList<Entry> _recent = new();
    readonly Dictionary<ToneKind, Playlist> _tones = [];
    readonly long _capacityBytes;
    readonly int _maxClipBytes;
    readonly Task _worker;
    long _bytes;

    public AudioLibrary(long capacityBytes, int maxClipBytes)
    {
        (_capacityBytes, _maxClipBytes) = (capacityBytes, maxClipBytes);
        _worker = Task.Run(Work);
    }

    /// <summary>Calls back, on the library's worker, with the list to play, or null and the fault.</summary>
    public void Prepare(PlaySource source, Action<Playlist?, string?> ready) => _requests.Writer.TryWrite(new(source, ready));

    public async ValueTask DisposeAsync()
    {
        _requests.Writer.TryComplete();
        await _worker.ConfigureAwait(false);
    }

    async Task Work()
    {
        await foreach (var request in _requests.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            var list = Load(request.Source, out var fault);
            request.Ready(list, fault);
        }
    }

    Playlist? Load(PlaySource source, out string? fault)
    {
        fault = null;
        switch (source)
        {
            case PlaySource.Tone tone: return _tones.TryGetValue(tone.Kind, out var known) ? known : _tones[tone.Kind] = Tones.Of(tone.Kind);
            case PlaySource.Sine sine: return Tones.Sine(sine.Hz, sine.LevelDb);
            case PlaySource.Files files: return LoadFiles(files, out fault);
            default: fault = "unknown-source"; return null;
        }
    }

    Playlist? LoadFiles(PlaySource.Files files, out string? fault)
    {
        fault = files.Paths.Count == 0 ? "nothing-to-play" : null;
        var clips = new List<AudioClip>(files.Paths.Count);
        foreach (var path in files.Paths)
        {
            if (Find(path, out var why) is { } clip) clips.Add(clip);
            else fault ??= $"{why}: {path}";
        }
        return fault is null ? new(clips, files.Times) { GoesOn = files.GoesOn } : null;
    }

    AudioClip? Find(string path, out string fault)
    {
        try
        {
            var file = new FileInfo(path);
            if (_entries.TryGetValue(path, out var known))
            {
                if (file.Exists && (known.Value.Length, known.Value.Written) == (file.Length, file.LastWriteTimeUtc)) return Use(known, out fault);
                Forget(known);
            }
            fault = "no-such-file";
            if (!file.Exists) return null;
            fault = "file-too-long";
            if (file.Length > 2L * _maxClipBytes + 4096) return null;
            return WavReader.Read(path, File.ReadAllBytes(path), out fault) is { } clip ? Keep(path, clip, file) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            fault = "unreadable-file";
            return null;
        }
    }

    AudioClip Use(LinkedListNode<Entry> known, out string fault)
    {
        fault = "";
        _recent.Remove(known);
        _recent.AddFirst(known);
        return known.Value.Clip;
    }

    AudioClip Keep(string path, AudioClip clip, FileInfo file)
    {
        _entries[path] = _recent.AddFirst(new Entry(path, clip, file.Length, file.LastWriteTimeUtc));
        _bytes += clip.Length;
        while (_bytes > _capacityBytes && _recent.Last is { } oldest) Forget(oldest); // players that use it keep their clip
        return clip;
    }

    void Forget(LinkedListNode<Entry> entry)
    {
        _recent.Remove(entry);
        _entries.Remove(entry.Value.Path);
        _bytes -= entry.Value.Clip.Length;
    }

    sealed record Request(PlaySource Source, Action<Playlist?, string?> Ready);

    sealed record Entry(string Path, AudioClip Clip, long Length, DateTime Written);
}
