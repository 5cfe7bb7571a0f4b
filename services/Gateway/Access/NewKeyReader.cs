using System.Text.Json;
using SparsePipeline.Contracts;
using SparsePipeline.Gateway.Http;
using SparsePipeline.Infrastructure.Access;

namespace SparsePipeline.Gateway.Access;

/// <summary>Reads what a key is to be, and tells all that is wrong with it at once.</summary>
internal static class NewKeyReader
{
    private const int MostModels = 100;
    private const int MostPattern = 64;
    private const int MostLabel = 256;

    /// <exception cref="RefusedRequestException">400 with everything that is wrong.</exception>
    public static NewKey Read(JsonElement json)
    {
        var body = new FieldReader(json);
        var role = body.Word("role", AccessRoles.All, required: true);
        var models = body.Texts("models", MostModels, MostPattern);
        var label = body.Text("label", MostLabel);
        var expiresAt = body.Instant("expiresAt");
        var ofClient = role == AccessRoles.Client;
        var (federation, clientId) = (body.NameIn("federation", ofClient), body.NameIn("clientId", ofClient));
        foreach (var field in new[] { "federation", "clientId" })
        {
            if (role is not null && !ofClient && body.Has(field))
                body.Wrong(field, "given", $"Leave it out: only keys of role {AccessRoles.Client} are of a federation.");
        }
        body.Done();
        return new NewKey(role!, models, label, expiresAt) { Federation = federation, ClientId = clientId };
    }
}
