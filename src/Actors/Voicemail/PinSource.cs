using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Numbers;

namespace TeleCube.Actors.Voicemail;

/// <summary>
/// Where a PIN is tried from: <c>own</c> for a phone of the box's extension, which has proved who it is; the number of another extension (either may have
/// dialled a public number of the company); a number outside, as the carrier gives it; or <c>unknown</c>.
/// </summary>
public readonly record struct PinSource(string Value)
{
    public static readonly PinSource Own = new("own");

    public static readonly PinSource Unknown = new("unknown");

    /// <summary>What is no whole number is no name of anybody: whoever makes up callers would have a new one for each try.</summary>
    public static PinSource Of(Party? who, ExtensionNumber box) => who switch
    {
        Party.Phone(var extension) => OfExtension(extension, box),
        Party.Outside { Extension: { } extension } => OfExtension(extension, box),
        Party.Outside(_, var number) when E164.TryParse(number, out var known) => new(known.Value),
        _ => Unknown,
    };

    static PinSource OfExtension(string extension, ExtensionNumber box) => extension == box.Value ? Own : new(extension);

    /// <summary>As it stands in an event.</summary>
    public static PinSource Named(string? name) => name is null ? Unknown : new(name);

    /// <summary>For logs.</summary>
    public string Masked => E164.TryParse(Value, out var number) ? number.Masked : Value;

    public override string ToString() => Value;
}
