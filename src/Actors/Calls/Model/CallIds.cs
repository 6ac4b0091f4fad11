using System.Buffers.Binary;
using TeleCube.Sip.Transactions;

namespace TeleCube.Actors.Calls.Model;

/// <summary>Makes call ids: 48 bits of time and 80 random ones in Crockford's base 32 (ULID), lower case.</summary>
public sealed class CallIds(TimeProvider clock, IRandomSource random)
{
    const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    public CallIds(TimeProvider clock) : this(clock, new SystemRandomSource()) { }

    public CallId Next()
    {
        Span<byte> bytes = stackalloc byte[16];
        random.Fill(bytes[6..]);
        var time = clock.GetUtcNow().ToUnixTimeMilliseconds();
        for (var i = 5; i >= 0; i--, time >>= 8) bytes[i] = (byte)time;
        return Print(BinaryPrimitives.ReadUInt128BigEndian(bytes));
    }

    internal static CallId Print(UInt128 value)
    {
        Span<char> text = stackalloc char[CallId.Length];
        for (var i = CallId.Length - 1; i >= 0; i--, value >>= 5) text[i] = Alphabet[(int)(value & 31)];
        return new CallId(new string(text));
    }
}
