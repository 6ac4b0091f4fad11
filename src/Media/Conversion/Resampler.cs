namespace TeleCube.Media.Conversion;

/// <summary>Brings audio to another rate, without delay: the filter looks as far ahead as back, into silence before the beginning and after the end.</summary>
sealed class Resampler : SampleSource
{
    const int InputAtOnce = 4096;

    readonly SampleSource _source;
    readonly SincFilter _filter;
    readonly float[] _inputs;
    int _filled;
    long _first; // the input sample, counted from the beginning, that _inputs begins with
    long _next; // the output sample that is next
    long _end = long.MaxValue; // how many input samples there were, once that is known

    public Resampler(SampleSource source, int toHz)
    {
        (_source, RateHz) = (source, toHz);
        _filter = new SincFilter(source.RateHz, toHz);
        _inputs = new float[_filter.Taps + InputAtOnce];
        _filled = _filter.Half - 1;
        _first = 1 - _filter.Half;
    }

    public override int RateHz { get; }

    public override int Read(Span<float> samples)
    {
        for (var done = 0; done < samples.Length; done++)
        {
            var place = _next * _filter.Step;
            var middle = place / _filter.Fractions;
            if (!Reach(middle + _filter.Half) || middle >= _end) return done;
            var begin = (int)(middle - (_filter.Half - 1) - _first);
            samples[done] = _filter.At(_inputs.AsSpan(begin, _filter.Taps), (int)(place % _filter.Fractions));
            _next++;
        }
        return samples.Length;
    }

    /// <summary>Reads until that input sample is there; behind the end there is silence. False when the source has broken off.</summary>
    bool Reach(long input)
    {
        while (_first + _filled <= input)
        {
            Forget();
            var free = _inputs.AsSpan(_filled);
            var read = _end == long.MaxValue ? _source.Read(free[..Math.Min(free.Length, InputAtOnce)]) : 0;
            if ((Fault = _source.Fault) is not null) return false;
            if (read == 0)
            {
                _end = Math.Min(_end, _first + _filled);
                read = (int)Math.Min(free.Length, input - (_first + _filled) + 1);
                free[..read].Clear();
            }
            _filled += read;
        }
        return true;
    }

    /// <summary>Drops what lies before the reach of the next output sample.</summary>
    void Forget()
    {
        var needed = _next * _filter.Step / _filter.Fractions - (_filter.Half - 1);
        var old = (int)Math.Min(needed - _first, _filled);
        if (old <= 0) return;
        _inputs.AsSpan(old, _filled - old).CopyTo(_inputs);
        (_filled, _first) = (_filled - old, _first + old);
    }
}
