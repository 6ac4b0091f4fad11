namespace TeleCube.Actors.Webhooks;

/// <summary>Finds where a webhook goes now.</summary>
public interface IWebhookTargets
{
    /// <summary>Null: that is not known yet, but may be later.</summary>
    WebhookTarget? Find(OutgoingWebhook webhook);
}
