using System.Buffers;
using System.Globalization;
using TeleCube.Sip.Headers;
using TeleCube.Sip.Parsing;

namespace TeleCube.Sip.Messages;

/// <summary>
/// A SIP message, parsed or built. A parsed one refers to the bytes it came in, so their buffer must not be used again.
/// The headers that every message has (<see cref="From"/>, <see cref="To"/>, <see cref="CallId"/>, <see cref="CSeq"/>,
/// <see cref="TopVia"/>) throw when absent: let <see cref="SipRequestCheck"/> or <see cref="SipResponseCheck"/> look at foreign messages first.
/// </summary>
public abstract class SipMessage
{
    private protected SipMessage(SipHeaders headers) => Headers = headers;

    public SipHeaders Headers { get; }

    public ReadOnlyMemory<byte> Body { get; set; }

    /// <summary>The first fault that the parser met; Complete for a sound message.</summary>
    public SipParseResult Fault { get; internal set; }

    public Via TopVia
    {
        get => Headers.FirstOf<Via>(SipHeaderName.Via) ?? throw Missing(SipHeaderName.Via);
        set => Headers.ReplaceFirst(SipHeaderName.Via, value);
    }

    public IReadOnlyList<Via> Vias => Headers.List<Via>(SipHeaderName.Via);

    public NameAddress From
    {
        get => Headers.Get<NameAddress>(SipHeaderName.From) ?? throw Missing(SipHeaderName.From);
        set => Headers.Set(SipHeaderName.From, value);
    }

    public NameAddress To
    {
        get => Headers.Get<NameAddress>(SipHeaderName.To) ?? throw Missing(SipHeaderName.To);
        set => Headers.Set(SipHeaderName.To, value);
    }

    public string CallId
    {
        get => Headers.Get<CallId>(SipHeaderName.CallId)?.Value ?? throw Missing(SipHeaderName.CallId);
        set => Headers.Set(SipHeaderName.CallId, new CallId(value));
    }

    public CSeq CSeq
    {
        get => Headers.Get<CSeq>(SipHeaderName.CSeq) is { Method.Name.Length: > 0 } cseq ? cseq : throw Missing(SipHeaderName.CSeq);
        set => Headers.Set(SipHeaderName.CSeq, value);
    }

    /// <summary>The addresses of all Contact fields; empty also for "*" (<see cref="HasStarContact"/>).</summary>
    public IReadOnlyList<NameAddress> Contacts => Headers.List<NameAddress>(SipHeaderName.Contact);

    /// <summary>The first, or only, Contact.</summary>
    public NameAddress? Contact
    {
        get => Headers.FirstOf<NameAddress>(SipHeaderName.Contact);
        set => SetOrRemove(SipHeaderName.Contact, value);
    }

    /// <summary>Contact: * removes all registrations (RFC 3261 §10.2.2).</summary>
    public bool HasStarContact => Headers.HasToken(SipHeaderName.Contact, "*");

    public IReadOnlyList<NameAddress> Routes
    {
        get => Headers.List<NameAddress>(SipHeaderName.Route);
        set => Headers.SetAll(SipHeaderName.Route, value);
    }

    public IReadOnlyList<NameAddress> RecordRoutes => Headers.List<NameAddress>(SipHeaderName.RecordRoute);

    /// <summary>Hops left; null if the header is absent.</summary>
    public int? MaxForwards
    {
        get => Headers.Get<MaxForwards>(SipHeaderName.MaxForwards)?.Hops;
        set => SetOrRemove(SipHeaderName.MaxForwards, value?.ToString(CultureInfo.InvariantCulture));
    }

    public TimeSpan? Expires
    {
        get => Headers.Get<Expires>(SipHeaderName.Expires)?.Lifetime;
        set => SetOrRemove(SipHeaderName.Expires, value is { } time ? DeltaSeconds.Text(time) : null);
    }

    public string? ContentType
    {
        get => Headers.First(SipHeaderName.ContentType);
        set => SetOrRemove(SipHeaderName.ContentType, value);
    }

    /// <summary>A header that knows its own name: <c>message.Get&lt;SessionExpires&gt;()</c>; null if absent or malformed.</summary>
    public T? Get<T>() where T : class, ISipHeader<T> => Headers.Get<T>(T.HeaderName);

    /// <summary>All values of a list header that knows its own name.</summary>
    public IReadOnlyList<T> List<T>() where T : class, ISipHeader<T> => Headers.List<T>(T.HeaderName);

    public void Set<T>(T value) where T : class, ISipHeader<T> => Headers.Set(T.HeaderName, value);

    public void Add<T>(T value) where T : class, ISipHeader<T> => Headers.Add(T.HeaderName, value);

    /// <summary>Supported or Require names this option.</summary>
    public bool Supports(string option) =>
        Headers.HasToken(SipHeaderName.Supported, option) || Headers.HasToken(SipHeaderName.Require, option);

    public bool Requires(string option) => Headers.HasToken(SipHeaderName.Require, option);

    /// <summary>Allow names this method.</summary>
    public bool Allows(SipMethod method) => Headers.HasToken(SipHeaderName.Allow, method.Name);

    /// <summary>The body is a session description.</summary>
    public bool HasSdp => Body.Length > 0 && Headers.Get<ContentType>(SipHeaderName.ContentType) is { IsSdp: true };

    public void SetBody(string contentType, ReadOnlyMemory<byte> body)
    {
        ContentType = contentType;
        Body = body;
    }

    public void WriteTo(IBufferWriter<byte> output)
    {
        WriteStartLine(output);
        Headers.WriteTo(output);
        output.Write("Content-Length: "u8);
        output.WriteNumber(Body.Length);
        output.Write("\r\n\r\n"u8);
        output.Write(Body.Span);
    }

    public byte[] ToBytes()
    {
        using var output = new WireBuffer(1024 + Body.Length);
        WriteTo(output);
        return output.Written.ToArray();
    }

    /// <summary>The wire text.</summary>
    public override string ToString() => WireText.Text(ToBytes());

    private protected abstract void WriteStartLine(IBufferWriter<byte> output);

    void SetOrRemove(SipHeaderName name, NameAddress? value)
    {
        if (value is null) Headers.Remove(name);
        else Headers.Set(name, value);
    }

    void SetOrRemove(SipHeaderName name, string? value)
    {
        if (value is null) Headers.Remove(name);
        else Headers.Set(name, value);
    }

    static InvalidOperationException Missing(SipHeaderName name) => new($"the message has no sound {name}; it was not checked");
}
