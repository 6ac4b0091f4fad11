using TeleCube.Actors.Announcements;
using TeleCube.Actors.Calls.Live;
using TeleCube.Actors.Calls.Model;
using TeleCube.Actors.Numbers;
using TeleCube.Actors.Platform;
using TeleCube.Actors.Queues;
using TeleCube.Actors.Registrations;
using TeleCube.Actors.Tenants;
using TeleCube.Actors.Trunks;
using TeleCube.Api;
using TeleCube.Api.Operator;
using TeleCube.Kernel.Persistence;
using TeleCube.Media.Conversion;
using TeleCube.Node.Options;

namespace TeleCube.Node.Composition;

/// <summary>
/// Gives the API the parts of the running exchange; they exist once the node has started, before the first request is taken.
/// </summary>
static class NodeApi
{
    public static IServiceCollection AddNodeApi(this IServiceCollection services)
    {
        services.AddTeleCubeApi();
        services.AddSingleton(provider => Uploads(provider.GetRequiredService<TeleCubeOptions>().Media));
        services.AddSingleton(provider => Settings(provider.GetRequiredService<TeleCubeNode>(), provider.GetRequiredService<TeleCubeOptions>()));
        return services
            .AddSingleton<INode, NodeOverview>()
            .AddPart(exchange => exchange.Region)
            .AddPart(exchange => exchange.Drain)
            .AddPart(exchange => exchange.Admission)
            .AddPart(exchange => exchange.Store.Ownership)
            .AddPart<ITenants>(exchange => exchange.Tenants)
            .AddPart<IPlatform>(exchange => exchange.Platform)
            .AddPart<ITrunks>(exchange => exchange.Trunks)
            .AddPart<IQueues>(exchange => exchange.Queues)
            .AddPart(exchange => exchange.QueueConditions)
            .AddPart<INumberInfo>(exchange => exchange.Numbers)
            .AddPart(exchange => exchange.Quotes)
            .AddPart(exchange => exchange.Blobs)
            .AddPart<ISounds>(exchange => exchange.Sounds)
            .AddPart(exchange => exchange.Sounds)
            .AddPart(exchange => exchange.Mailboxes)
            .AddPart(exchange => exchange.Simulator)
            .AddPart<IReadModels>(exchange => exchange.Store)
            .AddPart<IEventFeeds>(exchange => exchange.Store)
            .AddPart<IDirectory>(exchange => exchange.Store)
            .AddPart<IRegistrationStore>(exchange => exchange.Store)
            .AddPart(exchange => exchange.System.Persistence.Quarantine)
            .AddPart(exchange => exchange.Audit)
            .AddPart<BanList>(exchange => exchange.Bans)
            .AddPart<LiveCalls>(exchange => exchange.Live)
            .AddPart<CallIds>(exchange => exchange.CallIds);
    }

    /// <summary>
    /// The container disposes what its factories give out, after the exchange has done so itself: every part takes that calmly.
    /// </summary>
    static IServiceCollection AddPart<T>(this IServiceCollection services, Func<Exchange, T> part) where T : class =>
        services.AddSingleton(provider => part(provider.GetRequiredService<TeleCubeNode>().Exchange));

    static AudioConverter Uploads(MediaSettings media) => new(media.ForUploads(), media.Upload.Decoder);

    static ApiSettings Settings(TeleCubeNode node, TeleCubeOptions options) => new()
    {
        OperatorToken = node.OperatorToken,
        SigningKey = node.Exchange.SessionKey,
        SessionLifetime = options.Api.SessionLifetime,
        SipRealm = node.Exchange.Registrar.Realm,
        NodeId = options.Node.Id,
        AllowsPrivateWebhooks = options.Webhooks.AllowPrivate,
        Language = Mapping.SpokenLanguage(options.Media),
    };
}
