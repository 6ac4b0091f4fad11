using TeleCube.Kernel.Persistence;

namespace TeleCube.Actors.Tenants;

/// <summary>The check behind If-Match: a change must have seen the version that it replaces.</summary>
static class Versions
{
    public static Rejection? Check(long? ifMatch, long version) =>
        ifMatch is { } seen && seen != version ? new Rejection(Refusals.StaleVersion, $"version {version} is current, {seen} was given") : null;
}
