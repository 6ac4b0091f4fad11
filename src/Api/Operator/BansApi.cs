using System.Net;
using Microsoft.AspNetCore.Http.HttpResults;
using TeleCube.Actors.Registrations;
using TeleCube.Api.Audit;
using TeleCube.Api.Http;

namespace TeleCube.Api.Operator;

/// <summary>Sources that guessed passwords and are shut out for a while.</summary>
static class BansApi
{
    public static void MapBans(this RouteGroupBuilder operatorRoutes)
    {
        var bans = operatorRoutes.MapGroup("/bans").WithTags("Operator: bans");
        bans.MapGet("", List).WithSummary("List the bans of this node, the first to end first");
        bans.MapDelete("/{address}", Lift).WithSummary("Let an address in again");
    }

    static Ok<ListOf<BanView>> List(BanList bans) => TypedResults.Ok(new ListOf<BanView>([.. bans.Current().Select(BanView.Of)], null));

    static async Task<Results<NoContent, Refused>> Lift(IPAddress address, BanList bans, AuditTrail audit, CancellationToken stop)
    {
        if (!bans.Current().Any(ban => ban.Source.Equals(address))) return Refused.With(ApiCodes.NoSuchBan);
        await audit.Write(new AuditSubject("lift-ban", "bans", address.ToString()), stop);
        bans.Lift(address);
        return TypedResults.NoContent();
    }
}

/// <summary>A ban; without a user, the whole address.</summary>
public sealed record BanView(string Address, string? User, int Failures, DateTimeOffset Until)
{
    internal static BanView Of(Ban ban) => new(ban.Source.ToString(), ban.User, ban.Failures, ban.Until);
}
