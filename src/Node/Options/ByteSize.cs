using TeleCube.Node.Hocon;

namespace TeleCube.Node.Options;

/// <summary>
/// HOCON's sizes: <c>64 MB</c> is 64·10⁶ bytes, <c>16KiB</c>, <c>16K</c> and <c>16k</c> are 16·2¹⁰; a bare number is bytes.
/// </summary>
public readonly record struct ByteSize(long Bytes)
{
    public const string Expected = "a size such as 512, 16KiB or 64 MB";

    public static bool TryParse(string text, out ByteSize size)
    {
        size = default;
        if (!HoconQuantity.TrySplit(text, out var number, out var unit) || number < 0) return false;
        if (FactorOf(unit) is not { } factor) return false;
        var bytes = number * factor;
        if (bytes > long.MaxValue || bytes != decimal.Truncate(bytes)) return false;
        size = new((long)bytes);
        return true;
    }

    public override string ToString() => this switch
    {
        { Bytes: > 0 } when Bytes % (1L << 30) == 0 => $"{Bytes >> 30}GiB",
        { Bytes: > 0 } when Bytes % (1L << 20) == 0 => $"{Bytes >> 20}MiB",
        { Bytes: > 0 } when Bytes % (1L << 10) == 0 => $"{Bytes >> 10}KiB",
        _ => $"{Bytes}B",
    };

    static decimal? FactorOf(string unit) => unit switch
    {
        "" or "B" or "b" or "byte" or "bytes" => 1,
        "kB" or "kilobyte" or "kilobytes" => 1_000,
        "MB" or "megabyte" or "megabytes" => 1_000_000,
        "GB" or "gigabyte" or "gigabytes" => 1_000_000_000,
        "TB" or "terabyte" or "terabytes" => 1_000_000_000_000,
        "K" or "k" or "Ki" or "KiB" or "kibibyte" or "kibibytes" => 1L << 10,
        "M" or "m" or "Mi" or "MiB" or "mebibyte" or "mebibytes" => 1L << 20,
        "G" or "g" or "Gi" or "GiB" or "gibibyte" or "gibibytes" => 1L << 30,
        "T" or "t" or "Ti" or "TiB" or "tebibyte" or "tebibytes" => 1L << 40,
        _ => null,
    };
}
