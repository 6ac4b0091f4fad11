using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace TeleCube.Media.Conversion;

/// <summary>
/// FFmpeg as a child process, for what is not plain WAV: without a shell, with the format that the file's first bytes show, only that file to read, one thread,
/// a bound on time, one on output and, where <c>prlimit</c> is, one on memory. It is killed when it breaks one.
/// </summary>
sealed class Ffmpeg(string program, ConversionLimits limits)
{
    public const int RateHz = 48_000;

    const int MaxComplaint = 1000;

    /// <summary>Of address space: its libraries take some 250 MiB of it, a file that makes it want all of the machine's memory does not get it.</summary>
    const long MaxMemoryBytes = 1L << 30;

    /// <summary>Sets the bound on memory and becomes the decoder; of util-linux, so on every Linux. Elsewhere there is no such bound.</summary>
    readonly string? _bounding = Find("prlimit");

    /// <summary>The program by its path, or by its name from PATH; null if it is not there.</summary>
    public static string? Find(string name)
    {
        if (name.Contains('/', StringComparison.Ordinal)) return File.Exists(name) ? name : null;
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
    }

    /// <summary>The whole file as one channel, 16 bit, little-endian, is handed to <paramref name="take"/>; a fault if it can't be decoded.</summary>
    public async Task<AudioFault?> Decode(AudioKind kind, Stream file, Func<Stream, AudioFault?> take, CancellationToken stop)
    {
        var copy = Path.Combine(Path.GetTempPath(), $"telecube-upload-{Guid.NewGuid():N}");
        try
        {
            var how = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            var to = new FileStream(copy, how);
            await using (to.ConfigureAwait(false)) await file.CopyToAsync(to, stop).ConfigureAwait(false);
            return await Run(kind, copy, take, stop).ConfigureAwait(false);
        }
        finally
        {
            File.Delete(copy);
        }
    }

    async Task<AudioFault?> Run(AudioKind kind, string path, Func<Stream, AudioFault?> take, CancellationToken stop)
    {
        using var process = Process.Start(Command(kind, path)) ?? throw new InvalidOperationException($"{program} did not start");
        try
        {
            return await Run(process, kind, path, take, stop).ConfigureAwait(false);
        }
        finally
        {
            Kill(process); // whoever takes its output may fail, and nobody else would end it
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    async Task<AudioFault?> Run(Process process, AudioKind kind, string path, Func<Stream, AudioFault?> take, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var end = patience.Token.Register(() => Kill(process));
        patience.CancelAfter(limits.DecodeWithin);
        process.StandardInput.Close();
        var complaint = Complaint(process.StandardError);
        var fault = take(process.StandardOutput.BaseStream);
        if (fault is { Code: not AudioFault.Empty }) Kill(process);
        await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false); // it has ended, or was killed, or will be
        stop.ThrowIfCancellationRequested();
        var said = await complaint.ConfigureAwait(false);
        if (patience.IsCancellationRequested)
            return new(AudioFault.DecoderFailed, $"Decoding it as {kind.Name} took longer than {limits.DecodeWithin.TotalSeconds:0.#} s.");
        if (fault is not null && fault.Code != AudioFault.Empty) return fault;
        return process.ExitCode == 0
            ? fault
            : new(AudioFault.DecoderFailed, DecoderComplaint.Explain(kind, said, path));
    }

    ProcessStartInfo Command(AudioKind kind, string path)
    {
        // A second more than allowed, so that too long a file shows itself.
        var most = (limits.MaxLength.TotalSeconds + 1).ToString(CultureInfo.InvariantCulture);
        string[] arguments =
        [
            "-nostdin", "-hide_banner", "-loglevel", "error", "-threads", "1", "-protocol_whitelist", "file", "-f", kind.Demuxer, "-i", "file:" + path,
            "-map", "0:a:0", "-vn", "-sn", "-dn", "-t", most, "-ac", "1",
            "-ar", RateHz.ToString(CultureInfo.InvariantCulture), "-c:a", "pcm_s16le", "-f", "s16le", "pipe:1",
        ];
        string[] line = _bounding is null ? [program, .. arguments] : [_bounding, $"--as={MaxMemoryBytes}", program, .. arguments];
        var command = new ProcessStartInfo(line[0], line[1..])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        command.Environment.Clear(); // it needs none of our secrets
        return command;
    }

    /// <summary>What it says against the file; read to its end, so that it never waits for us, but only the end is kept.</summary>
    static async Task<string> Complaint(StreamReader errors)
    {
        var (said, some) = ("", new char[MaxComplaint]);
        while (await errors.ReadAsync(some).ConfigureAwait(false) is > 0 and var count)
        {
            said += new string(some, 0, count);
            if (said.Length > MaxComplaint) said = said[^MaxComplaint..];
        }
        return said;
    }

    static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception fault) when (fault is InvalidOperationException or Win32Exception or AggregateException)
        {
            // it has ended by itself
        }
    }
}
