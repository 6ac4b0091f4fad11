using System.Text;

namespace TeleCube.Tests.Support.Phones;

/// <summary><c>5:hello,</c>: how baresip's ctrl_tcp frames its JSON.</summary>
static class NetString
{
    const int MaxLength = 1 << 20;

    public static byte[] Frame(byte[] body) => [.. Encoding.ASCII.GetBytes($"{body.Length}:"), .. body, (byte)','];

    /// <summary>The next body, or null at the end of the stream.</summary>
    public static async Task<byte[]?> Read(Stream stream, CancellationToken stop)
    {
        var length = 0;
        var one = new byte[1];
        while (true)
        {
            if (await stream.ReadAsync(one, stop) == 0) return null;
            if (one[0] == ':') break;
            length = length * 10 + one[0] - '0';
            if (!char.IsAsciiDigit((char)one[0]) || length > MaxLength) throw new InvalidDataException("baresip's control stream is out of step");
        }
        var body = new byte[length + 1]; // with its comma
        await stream.ReadExactlyAsync(body, stop);
        return body[..length];
    }
}
