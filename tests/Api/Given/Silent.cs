using TeleCube.Kernel.Actors;

namespace TeleCube.Api.Tests.Given;

/// <summary>Stands where the wire begins: an entity that takes everything and does nothing.</summary>
sealed class Silent : Actor
{
    protected override void Receive(object message) { }
}
