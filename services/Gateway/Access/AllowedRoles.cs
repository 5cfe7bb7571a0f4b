using SparsePipeline.Contracts;

namespace SparsePipeline.Gateway.Access;

/// <summary>Who may use an endpoint. One without this needs no key.</summary>
/// <param name="roles">Of <see cref="AccessRoles"/>.</param>
internal sealed class AllowedRoles(IReadOnlyList<string> roles)
{
    public static IReadOnlyList<string> Viewers { get; } = [AccessRoles.Viewer, AccessRoles.Operator, AccessRoles.Approver, AccessRoles.Admin];

    public static IReadOnlyList<string> Publishers { get; } = [AccessRoles.Publisher, AccessRoles.Operator, AccessRoles.Admin];

    public static IReadOnlyList<string> Uploaders { get; } = [AccessRoles.Publisher, AccessRoles.Client, AccessRoles.Operator, AccessRoles.Admin];

    public static IReadOnlyList<string> Operators { get; } = [AccessRoles.Operator, AccessRoles.Admin];

    public static IReadOnlyList<string> Admins { get; } = [AccessRoles.Admin];

    public IReadOnlyList<string> Roles => roles;
}
