using Microsoft.OpenApi;
using SparsePipeline.Gateway.Access;

namespace SparsePipeline.Gateway.Http;

/// <summary>The description of all endpoints, <c>/openapi/v1.json</c>.</summary>
internal static class Description
{
    private const string Key = "key";

    public static IServiceCollection AddDescription(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo { Title = "SparsePipeline gateway", Version = "v1", Description = "Errors are application/problem+json with all errors at once." };
            document.Servers = [];
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
            {
                [Key] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A key of `sparsepipe keys create`." },
            };
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            if (context.Description.ActionDescriptor.EndpointMetadata.OfType<AllowedRoles>().FirstOrDefault() is { } allowed)
            {
                operation.Description = $"Roles: {string.Join(", ", allowed.Roles)}.";
                operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Key, context.Document)] = [] }];
            }
            if (context.Description.ActionDescriptor.EndpointMetadata.OfType<IdempotencyNeeded>().Any())
                (operation.Parameters ??= []).Add(new OpenApiParameter
                {
                    Name = Idempotency.Header,
                    In = ParameterLocation.Header,
                    Required = true,
                    Description = "Names this request: sent again within seven days it has no second effect, and its answer has Idempotency-Replayed: true.",
                    Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = 128 },
                });
            return Task.CompletedTask;
        });
    });
}
