using System.Buffers.Binary;
using BenchmarkDotNet.Attributes;
using TeleCube.Media.Srtp;

namespace TeleCube.Bench.Micro;

/// <summary>One 172-byte packet there and back.</summary>
[MemoryDiagnoser]
public class SrtpBench
{
    readonly SrtpContext _sender = Create(), _receiver = Create();
    readonly byte[] _packet = new byte[172 + SrtpContext.MaxOverheadBytes];
    ushort _sequence;

    [GlobalCleanup]
    public void Free()
    {
        _sender.Dispose();
        _receiver.Dispose();
    }

    [Benchmark]
    public int Protect() => Next();

    [Benchmark]
    public bool ProtectAndUnprotect() => _receiver.TryUnprotect(_packet.AsSpan(0, Next()), out _);

    int Next()
    {
        (_packet[0], _packet[1]) = (0x80, 8);
        BinaryPrimitives.WriteUInt16BigEndian(_packet.AsSpan(2), ++_sequence);
        return _sender.Protect(_packet, 172);
    }

    static SrtpContext Create() => SrtpContext.TryCreate("AES_CM_128_HMAC_SHA1_80", new byte[30])!;
}
