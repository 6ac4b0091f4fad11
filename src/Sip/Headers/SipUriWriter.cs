using System.Buffers;
using TeleCube.Sip.Parsing;

namespace TeleCube.Sip.Headers;

/// <summary>Writes <see cref="SipUri"/>.</summary>
static class SipUriWriter
{
    // sip:user:password@host:port;parameter=value?header=value
    public static void Write(SipUri uri, IBufferWriter<byte> output)
    {
        switch (uri.Scheme)
        {
            case UriScheme.Other:
                output.WriteText(uri.SchemeText ?? "");
                if (uri.SchemeText is not null) output.WriteByte((byte)':');
                output.WriteText(uri.Opaque ?? "");
                return;
            case UriScheme.Tel:
                output.Write("tel:"u8);
                // RFC 3966 knows no escapes in the number.
                output.WriteText(uri.User ?? "");
                break;
            default:
                output.Write(uri.Scheme is UriScheme.Sips ? "sips:"u8 : "sip:"u8);
                WriteUserInfo(uri, output);
                output.WriteHost(uri.Host, uri.Port);
                break;
        }
        uri.Parameters.WriteTo(output);
        uri.Headers.WriteTo(output);
    }

    static void WriteUserInfo(SipUri uri, IBufferWriter<byte> output)
    {
        if (uri.RawUser is null) return;
        output.WriteText(uri.RawUser);
        if (uri.RawPassword is not null)
        {
            output.WriteByte((byte)':');
            output.WriteText(uri.RawPassword);
        }
        output.WriteByte((byte)'@');
    }
}
