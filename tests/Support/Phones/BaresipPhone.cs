using System.Net;
using System.Net.Sockets;
using TeleCube.Tests.Support.Audio;
using TeleCube.Tests.Support.Processes;

namespace TeleCube.Tests.Support.Phones;

/// <summary>A real softphone without a screen: it plays a tone of its own, keeps what it hears, and is told what to do over its control port.</summary>
public sealed class BaresipPhone : IAsyncDisposable
{
    static readonly TimeSpan StartWithin = TimeSpan.FromSeconds(40);
    static readonly TimeSpan Usual = TimeSpan.FromSeconds(30);

    readonly TempFolder _folder = new();
    readonly EventLog _events;
    readonly int _controlPort = FreePorts.Take();
    readonly int _rtpPort = FreePorts.Take(BaresipOptions.RtpPorts);
    ManagedProcess? _process;
    BaresipControl? _control;

    BaresipPhone(BaresipOptions options)
    {
        Options = options;
        SipPort = FreePorts.Take(2);
        _events = new(options.User);
    }

    public BaresipOptions Options { get; }

    public int SipPort { get; }

    /// <summary>Where it can be called without a server.</summary>
    public string Uri => $"sip:{Options.User}@{new IPEndPoint(Options.Address, SipPort)}";

    public IReadOnlyList<PhoneEvent> Events => _events.All;

    /// <summary>Starts a phone. One with a password registers by itself: see <see cref="Registered"/>.</summary>
    public static async Task<BaresipPhone> Start(BaresipOptions options)
    {
        var phone = new BaresipPhone(options);
        try
        {
            await phone.Start();
            return phone;
        }
        catch
        {
            await phone.DisposeAsync();
            throw;
        }
    }

    async Task Start()
    {
        WavFile.Sine(Options.ToneHz, Options.ToneLength).Save(_folder["tone.wav"]);
        _folder.Write("accounts", Options.AccountLine(SipPort) + "\n");
        _folder.Write("contacts", "");
        _folder.Write("config", Options.Config(_folder, SipPort, _controlPort, _rtpPort));
        _process = ManagedProcess.Start(Tool.Find("baresip", "baresip-core"), ["-f", _folder.Path, Options.Address.AddressFamily is AddressFamily.InterNetworkV6 ? "-6" : "-4"], _folder.Path);
        await Until(TryConnect, "opened its control port", StartWithin);
    }

    async Task<bool> TryConnect()
    {
        if (_process!.HasExited) throw new InvalidOperationException($"baresip ended at once:\n{_process.Output}");
        try
        {
            _control = await BaresipControl.Connect(new(IPAddress.Loopback, _controlPort), _events.Add);
            return true;
        }
        catch (SocketException)
        {
            return false; // not yet
        }
    }

    /// <summary>Waits until the server has accepted the registration.</summary>
    public Task Registered(TimeSpan? within = null) =>
        Until(async () => (await Command("reginfo")).Contains("OK", StringComparison.Ordinal), "registered", within ?? Usual);

    /// <summary>Waits for the next event of a type, behind the last one that was waited for.</summary>
    public Task<PhoneEvent> Expect(string type, TimeSpan? within = null, Func<PhoneEvent, bool>? and = null) =>
        _events.Next(happened => happened.Type == type && (and is null || and(happened)), type, within ?? Usual);

    public Task<PhoneEvent> Rings(TimeSpan? within = null) => Expect("CALL_INCOMING", within);

    public Task<PhoneEvent> HearsRinging(TimeSpan? within = null) => Expect("CALL_RINGING", within);

    public Task<PhoneEvent> Talks(TimeSpan? within = null) => Expect("CALL_ESTABLISHED", within);

    public Task<PhoneEvent> IsOver(TimeSpan? within = null) => Expect("CALL_CLOSED", within);

    public Task<PhoneEvent> HearsDigit(char digit, TimeSpan? within = null) => Expect("CALL_DTMF_START", within, key => key.Param == $"{digit}");

    /// <summary>Calls a number at its server, or any SIP address.</summary>
    public Task Dial(string target) => Command("dial", target);

    public Task Answer() => Command("accept");

    /// <summary>Ends the current call, or refuses the one that rings.</summary>
    public Task HangUp() => Command("hangup");

    /// <summary>Puts the current call on hold; done when the other side has agreed.</summary>
    public Task Hold() => Reinvite("hold");

    public Task Resume() => Reinvite("resume");

    async Task Reinvite(string command)
    {
        _events.SkipToNow();
        await Command(command);
        await Expect("CALL_REMOTE_SDP", and: sdp => sdp.Param == "answer");
    }

    /// <summary>A blind transfer, by REFER; baresip 1.0 knows no attended one.</summary>
    public Task Transfer(string target) => Command("transfer", target);

    /// <summary>Makes another of its calls the current one, by its number from 1.</summary>
    public Task Select(int line) => Command("line", $"{line}");

    public async Task SendDigits(string digits)
    {
        foreach (var digit in digits) await Command("sndcode", $"{digit}");
    }

    public Task<string> Command(string command, string? parameters = null) =>
        _control?.Command(command, parameters) ?? throw new InvalidOperationException("the phone is not on");

    /// <summary>What baresip recorded, SRTP too, up to the first re-INVITE of each call: there its recorder ends.</summary>
    public WavFile Recording()
    {
        var parts = Directory.GetFiles(_folder.Path, "dump-*-dec.wav").Order(StringComparer.Ordinal).Select(WavFile.Load);
        return new(Tones.RateHz, [.. parts.SelectMany(part => part.Samples)]);
    }

    /// <summary>Waits until it has recorded a tone for so long (see <see cref="Recording"/>).</summary>
    public Task Records(double hz, TimeSpan forSoLong, TimeSpan? within = null) =>
        Until(() => Task.FromResult(Recording().Heard(hz) >= forSoLong), $"recorded {hz} Hz for {forSoLong.TotalSeconds} s", within ?? Usual);

    /// <summary>Waits until its recording is longer by so much.</summary>
    public Task RecordsSince(TimeSpan length, TimeSpan more, TimeSpan? within = null) =>
        Until(() => Task.FromResult(Recording().Length >= length + more), $"recorded {more.TotalSeconds} s more", within ?? Usual);

    /// <summary>Waits until, from now on, it has been sent a tone for so long (plain RTP; for SRTP see <see cref="Recording"/>).</summary>
    public Task Hears(double hz, TimeSpan forSoLong, TimeSpan? within = null) =>
        ListenUntil(heard => heard.Heard(hz) >= forSoLong, $"heard {hz} Hz for {forSoLong.TotalSeconds} s", within);

    /// <summary>All the audio that it is sent from now on until that is enough.</summary>
    public async Task<WavFile> ListenUntil(Func<WavFile, bool> enough, string what, TimeSpan? within = null)
    {
        using var ear = Ear();
        using var over = new CancellationTokenSource(within ?? Usual);
        try
        {
            await ear.Until(enough, over.Token);
            return ear.Heard;
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"{Options.User} has not {what} within {(within ?? Usual).TotalSeconds} s of {ear.Heard.Length.TotalSeconds} s of audio.\n{Trace}");
        }
    }

    /// <summary>All the audio that it is sent within a time.</summary>
    public async Task<WavFile> Listen(TimeSpan time)
    {
        using var ear = Ear();
        using var over = new CancellationTokenSource(time);
        try
        {
            await ear.Until(_ => false, over.Token);
        }
        catch (OperationCanceledException)
        {
            // the time is over
        }
        return ear.Heard;
    }

    RtpEar Ear() => new(Options.Address, _rtpPort, _rtpPort + BaresipOptions.RtpPorts - 1);

    string Trace => $"{string.Join('\n', Events)}\n{_process!.Output}";

    /// <summary>As if its plug were pulled: no BYE, no un-register.</summary>
    public Task PullThePlug() => _process!.Kill();

    /// <summary>baresip tells some things only when asked; so it is asked ten times a second.</summary>
    async Task Until(Func<Task<bool>> done, string what, TimeSpan within)
    {
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        using var over = new CancellationTokenSource(within);
        try
        {
            while (!await done()) await ticks.WaitForNextTickAsync(over.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"{Options.User} has not {what} within {within.TotalSeconds} s.\n{Trace}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_control is not null) await _control.DisposeAsync();
        if (_process is not null) await _process.DisposeAsync();
        _folder.Dispose();
    }
}
