namespace TeleCube.Media.Recording;

/// <summary>Where in a recording a frame belongs: by RTP time as long as that agrees with the clock to half a second, else by the clock.</summary>
struct Timeline
{
    public const int ToleranceSamples = 4000;

    bool _started;
    uint _ssrc, _timestamp;
    long _place;

    public long Place(uint ssrc, uint timestamp, long elapsedSamples)
    {
        var place = _place + (int)(timestamp - _timestamp);
        // A new source, or a peer that let its clock stand while it was silent.
        if (!_started || ssrc != _ssrc || Math.Abs(place - elapsedSamples) > ToleranceSamples) place = elapsedSamples;
        if (place >= _place || !_started || ssrc != _ssrc) (_started, _ssrc, _timestamp, _place) = (true, ssrc, timestamp, place);
        return place;
    }
}
