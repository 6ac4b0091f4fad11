namespace TeleCube.Media.Dtmf;

/// <summary>Makes presses of keys from telephone-event packets: each is reported once, whatever is repeated, reordered or lost.</summary>
struct DtmfReceiver(long lostAfterNs)
{
    const uint SegmentUnits = 0xFFFF; // RFC 4733 §2.5.1.3: a longer event goes on in a new segment

    bool _any, _pressed;
    char _digit;
    uint _timestamp, _units, _carried;
    long _heardAtNs;

    /// <summary>A key is down as far as the packets have told.</summary>
    public readonly bool IsPressed => _pressed;

    public DtmfStep Receive(in TelephoneEvent happened, uint timestamp, bool marker, long nowNs)
    {
        if (happened.Digit is not { } digit) return default;
        if (_any && (int)(timestamp - _timestamp) < 0) return default;
        if (_any && timestamp == _timestamp) return _pressed ? Continue(happened, nowNs) : default; // a repeat of the end
        if (_pressed && !marker && digit == _digit && timestamp - _timestamp == SegmentUnits)
        {
            (_carried, _timestamp, _units) = (_carried + SegmentUnits, timestamp, 0);
            return Continue(happened, nowNs);
        }

        var released = Release();
        (_any, _pressed, _digit, _timestamp, _units, _carried) = (true, true, digit, timestamp, 0, 0);
        var ended = Continue(happened, nowNs);
        return new(digit, released.Released ?? ended.Released, released.Released is null ? ended.Units : released.Units);
    }

    /// <summary>The end packets were all lost: silence ends the press.</summary>
    public DtmfStep Sweep(long nowNs) => _pressed && nowNs - _heardAtNs >= lostAfterNs ? Release() : default;

    DtmfStep Continue(in TelephoneEvent happened, long nowNs)
    {
        _heardAtNs = nowNs;
        _units = Math.Max(_units, happened.Duration);
        return happened.End ? Release() : default;
    }

    DtmfStep Release()
    {
        if (!_pressed) return default;
        _pressed = false;
        return new(null, _digit, _carried + _units);
    }
}

/// <summary>What one packet told: a key that went down, a key that came up after so many timestamp units.</summary>
readonly record struct DtmfStep(char? Pressed, char? Released, uint Units);
