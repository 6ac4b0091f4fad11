using System.IO.Hashing;
using System.Text;

namespace TeleCube.Kernel.Sharding;

/// <summary>Which shard a tenant belongs to, for ever: XxHash64 of the tenant id's UTF-8, mod 128.</summary>
public static class Shards
{
    public const int Count = 128;

    const int StackBytes = 256;

    public static int Of(TenantId tenant)
    {
        var length = Encoding.UTF8.GetMaxByteCount(tenant.Value.Length);
        var bytes = length <= StackBytes ? stackalloc byte[StackBytes] : new byte[length];
        var written = Encoding.UTF8.GetBytes(tenant.Value, bytes);
        return (int)(XxHash64.HashToUInt64(bytes[..written]) % Count);
    }
}
