using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using TeleCube.Sip.Messages;

namespace TeleCube.Sip.Headers;

/// <summary>A value that stands in header fields: read from bytes, written to bytes.</summary>
public interface ISipHeaderValue<TSelf> where TSelf : ISipHeaderValue<TSelf>
{
    static abstract bool TryParse(ReadOnlySpan<byte> value, [MaybeNullWhen(false)] out TSelf parsed);

    void WriteTo(IBufferWriter<byte> output);
}

/// <summary>A value that belongs to one header, so that <c>message.Get&lt;T&gt;()</c> needs no name.</summary>
public interface ISipHeader<TSelf> : ISipHeaderValue<TSelf> where TSelf : ISipHeader<TSelf>
{
    static abstract SipHeaderName HeaderName { get; }
}
