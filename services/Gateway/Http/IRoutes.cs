namespace SparsePipeline.Gateway.Http;

/// <summary>The endpoints of one resource.</summary>
internal interface IRoutes
{
    /// <param name="routes">Everything below <c>/v1</c>.</param>
    void Map(IEndpointRouteBuilder routes);
}
