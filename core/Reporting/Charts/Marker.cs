namespace SparsePipeline.Reporting.Charts;

/// <summary>Shape of a point.</summary>
internal enum Marker
{
    None,
    Dot,
    Ring,
    Square,
    Diamond,
    Triangle,
    Cross,
}
