using TeleCube.Actors.Calls.Routing;
using TeleCube.Actors.Sms;
using TeleCube.Actors.Tenants;
using TeleCube.Actors.Voicemail;

namespace TeleCube.Actors.Schemes.Simulation;

/// <summary>Simulates calls on the exchange as it stands now.</summary>
public sealed class SchemeSimulator(IRoutingView view, DialPlanOptions options, IMailboxes? mailboxes = null, string language = "pl", SmsLimits? sms = null)
{
    public SimulatedRun Run(SimulatedCall call, TenantState tenant) => SchemeSimulation.Run(call, tenant, view, options, mailboxes, language, sms);
}
