using System.Globalization;
using TeleCube.Kernel.Sharding;

namespace TeleCube.Actors.Calls.Model;

/// <summary>The name under which a trunk counts a channel of a call: tenant, call, step, try, and the line where it is not the first.</summary>
public static class ChannelName
{
    public static string Of(CallState call, int tried, int line) => $"{call.Tenant}/{call.Id}/{call.Step}/{tried}{(line == 0 ? "" : $"/{line}")}";

    /// <summary>Null for what is no such name.</summary>
    public static EntityId? CallOf(string name) => name.Split('/') is [var tenant, var call, _, ..] ? new CallId(call).Entity(new TenantId(tenant)) : null;

    public static int StepOf(string name) => Part(name, 2);

    public static int LineOf(string name) => Part(name, 4);

    static int Part(string name, int index) =>
        name.Split('/') is var parts && index < parts.Length ? int.Parse(parts[index], CultureInfo.InvariantCulture) : 0;
}
