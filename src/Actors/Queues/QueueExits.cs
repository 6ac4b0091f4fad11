using System.Text.Json;

namespace TeleCube.Actors.Queues;

/// <summary>The names of <see cref="QueueExit"/> in schemes, timelines and the API.</summary>
public static class QueueExits
{
    public static string NameOf(QueueExit exit) => JsonNamingPolicy.CamelCase.ConvertName(exit.ToString());
}
