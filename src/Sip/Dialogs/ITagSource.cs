namespace TeleCube.Sip.Dialogs;

/// <summary>
/// Where local tags come from. The exchange's own source puts the shard and a MAC into them, so that any node can route by them.
/// </summary>
public interface ITagSource
{
    /// <summary>The same seed gives the same tag; null gives a new one.</summary>
    string Next(string? seed);
}
