using TeleCube.Kernel.Persistence;

namespace TeleCube.Kernel.Actors;

/// <summary>A question was answered with a <see cref="Persistence.Rejection"/> where only a result was expected.</summary>
public sealed class RejectedException(Rejection rejection) : Exception($"{rejection.Code}: {rejection.Detail}")
{
    public Rejection Rejection { get; } = rejection;
}
