using TeleCube.Actors.Calls.Model;

namespace TeleCube.Actors.ParkingPlaces;

/// <summary>What is said to a company's parking places.</summary>
public abstract record ParkingMessage
{
    ParkingMessage() { }

    /// <summary>
    /// A call wants a place, and is answered with <see cref="CallCommand.SlotGiven"/> or <see cref="CallCommand.SlotRefused"/>; the same call gets the same
    /// one again.
    /// </summary>
    public sealed record Take(CallId Call) : ParkingMessage;
}
