namespace TeleCube.Media.Dtmf;

/// <summary>The queue of digits to send on one stream and where it is in them; knows frames, not clocks or sockets.</summary>
sealed class DigitSender(int digitMs, int gapMs)
{
    const int EndRepeats = 2; // RFC 4733 §2.5.1.4: the final packet is sent three times in all
    const char Report = '\0';

    readonly Queue<char> _queue = new();
    int _elapsedMs, _pauseMs;
    int _code = -1;

    /// <summary>A key is sounding or in the gap after it: audio must not mix in. Pauses between digits let audio through.</summary>
    public bool Sounding => _code >= 0;

    public bool Idle => _code < 0 && _pauseMs <= 0 && _queue.Count == 0;

    /// <summary>Queues digits; when <paramref name="report"/>, a report is due after the last.</summary>
    public void Enqueue(ReadOnlySpan<char> digits, bool report)
    {
        foreach (var digit in digits)
            if (digit is ',' or ';' || TelephoneEvent.CodeOf(digit) >= 0) _queue.Enqueue(digit);
        if (report) _queue.Enqueue(Report);
    }

    /// <summary>What to send in the next frame of so many ms.</summary>
    public DigitStep Next(int frameMs)
    {
        if (_pauseMs > 0 && (_pauseMs -= frameMs) > 0) return new(DigitAction.Pause);
        if (_code >= 0) return Continue(frameMs);
        if (!_queue.TryDequeue(out var next)) return new(DigitAction.Done);
        if (next == Report) return new(DigitAction.Report);
        if (next is ',' or ';')
        {
            _pauseMs = next == ',' ? 1000 : 3000;
            return new(DigitAction.Pause);
        }
        (_code, _elapsedMs) = (TelephoneEvent.CodeOf(next), 0);
        return Continue(frameMs);
    }

    DigitStep Continue(int frameMs)
    {
        var (code, before) = (_code, _elapsedMs);
        _elapsedMs += frameMs;
        if (_elapsedMs >= digitMs + gapMs) _code = -1;
        if (before < digitMs) return new(DigitAction.Sound, code, before, Math.Min(_elapsedMs, digitMs), before == 0, _elapsedMs >= digitMs);
        return before - digitMs < EndRepeats * frameMs ? new(DigitAction.RepeatEnd, code, before, digitMs, End: true) : new(DigitAction.Gap, code);
    }
}

/// <summary>
/// One frame's work: the event's code, where in the digit the frame starts, its duration so far in ms, and whether it is the first or the last of it.
/// </summary>
readonly record struct DigitStep(DigitAction Action, int Code = -1, int AtMs = 0, int DurationMs = 0, bool Start = false, bool End = false);

enum DigitAction { Done, Sound, RepeatEnd, Gap, Pause, Report }
