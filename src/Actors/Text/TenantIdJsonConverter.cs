using TeleCube.Kernel.Sharding;

namespace TeleCube.Actors.Text;

/// <summary>A tenant id is its text in JSON.</summary>
public sealed class TenantIdJsonConverter : TextJsonConverter<TenantId>
{
    protected override bool TryParse(string text, out TenantId value)
    {
        value = new TenantId(text);
        return text.Length > 0;
    }

    protected override string Print(TenantId value) => value.Value;
}
