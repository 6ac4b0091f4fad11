namespace TeleCube.Actors.Numbers;

/// <summary>
/// The seam behind which it is known what a number is and who operates it: the numbering plan, or ported-number data over it.
/// </summary>
public interface INumberInfo
{
    NumberInfo Of(E164 number);

    NumberInfo Of(ShortNumber number);

    /// <summary>True for 2 to 4 digits that no extension, queue or group may have (PRODUCT §1).</summary>
    bool IsReservedInternally(ExtensionNumber number);
}
