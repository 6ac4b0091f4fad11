using TeleCube.Media.Messages;

namespace TeleCube.Media.Streams;

sealed partial class MediaStream
{
    public void Report() => Loop.Emit(new MediaEvent.Quality(Id, Quality()));

    public StreamQuality Quality() => new(
        _receiver.Packets, _sender.Packets, _receiver.Bytes, _sender.Bytes, _receiver.Lost, _receiver.LossPercent, _receiver.JitterMs,
        null, null, null, 4.4);
}
