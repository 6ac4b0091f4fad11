using System.Buffers.Binary;
using System.Globalization;
using System.IO.Hashing;
using System.Text;
using TeleCube.Actors.Calls.Model;

namespace TeleCube.Actors.Queues.Deciding;

/// <summary>
/// Names the call that calls somebody back. It derives from his place and the offer, so that an order that is given twice begins one call.
/// </summary>
static class CallBackIds
{
    public static QueueTicket Of(QueueTicket place, long offer, DateTimeOffset at)
    {
        Span<byte> bytes = stackalloc byte[16];
        XxHash128.Hash(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{place}/{offer}")), bytes);
        Span<byte> time = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(time, at.ToUnixTimeMilliseconds());
        time[2..].CopyTo(bytes); // ids sort by the time at which calls began
        return new QueueTicket(CallIds.Print(BinaryPrimitives.ReadUInt128BigEndian(bytes)), QueueTicket.CallBackSerial);
    }
}
