using System.Runtime.InteropServices;

namespace TeleCube.Load.Rtp;

/// <summary>Empties a stream's socket in one call; the kernel's receive stamps make it unimportant when that happens.</summary>
sealed unsafe class RtpReceiver : IDisposable
{
    const int Batch = 8;
    const int Room = 2048;
    const int ControlRoom = 64;

    readonly byte* _bytes = (byte*)NativeMemory.AllocZeroed(Batch * Room);
    readonly byte* _control = (byte*)NativeMemory.AllocZeroed(Batch * ControlRoom);
    readonly Native.Part* _parts = (Native.Part*)NativeMemory.AllocZeroed((nuint)(Batch * sizeof(Native.Part)));
    readonly Native.MessageHeader* _messages = (Native.MessageHeader*)NativeMemory.AllocZeroed((nuint)(Batch * sizeof(Native.MessageHeader)));

    public RtpReceiver()
    {
        for (var i = 0; i < Batch; i++)
        {
            _parts[i] = new() { Bytes = _bytes + i * Room, Length = Room };
            _messages[i] = new() { Parts = _parts + i, PartCount = 1, Control = _control + i * ControlRoom };
        }
    }

    public void Drain(RtpStream stream, RtpWindow window)
    {
        for (var taken = Batch; taken == Batch;)
        {
            for (var i = 0; i < Batch; i++) _messages[i].ControlLength = ControlRoom;
            taken = Native.ReceiveMany(stream.Descriptor, _messages, Batch, Native.DontWait, null);
            if (taken < 0 && Marshal.GetLastPInvokeError() != Native.TryAgain) window.Refused++; // ECONNREFUSED: nobody listens there
            for (var i = 0; i < taken; i++)
                if (RtpPayload.TryRead(new(_bytes + i * Room, (int)_messages[i].Received), out var payload))
                    stream.Heard(payload, window, Received(i) - payload.SentNs);
        }
    }

    public void Dispose()
    {
        NativeMemory.Free(_messages);
        NativeMemory.Free(_parts);
        NativeMemory.Free(_control);
        NativeMemory.Free(_bytes);
    }

    long Received(int message)
    {
        var header = (Native.ControlHeader*)(_control + message * ControlRoom);
        return _messages[message].ControlLength >= (nuint)sizeof(Native.ControlHeader) && header->Type == Native.TimestampNs
            ? header->Time.Seconds * 1_000_000_000 + header->Time.Nanoseconds
            : RtpGenerator.WallNs();
    }
}
