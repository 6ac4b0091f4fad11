namespace TeleCube.Node.Hocon;

/// <summary>A resolved tree as Microsoft.Extensions.Configuration sees it: <c>telecube:sip:listeners:0:port</c>.</summary>
public sealed class HoconConfigurationProvider(HoconObject root) : ConfigurationProvider
{
    public override void Load()
    {
        Data = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        Flatten("", root);
    }

    void Flatten(string path, HoconNode node)
    {
        switch (node)
        {
            case HoconObject members:
                foreach (var (key, member) in members.Members) Flatten(path.Length == 0 ? key : ConfigurationPath.Combine(path, key), member);
                break;
            case HoconList list:
                for (var i = 0; i < list.Items.Count; i++) Flatten($"{path}{ConfigurationPath.KeyDelimiter}{i}", list.Items[i]);
                break;
            case HoconText text:
                Data[path] = text.Value;
                break;
            case HoconNull:
                Data[path] = null;
                break;
        }
    }
}
