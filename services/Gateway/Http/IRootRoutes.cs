namespace SparsePipeline.Gateway.Http;

/// <summary>Endpoints at the root instead of below <c>/v1</c>.</summary>
internal interface IRootRoutes : IRoutes;
