namespace TeleCube.Sip.Sdp;

/// <summary>a=name or a=name:value (RFC 8866 §5.13), kept whether or not we know it.</summary>
public readonly record struct SdpAttribute(string Name, string? Value = null)
{
    internal static SdpAttribute Of(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? new(text) : new(text[..colon], text[(colon + 1)..]);
    }

    public override string ToString() => Value is null ? Name : $"{Name}:{Value}";
}
