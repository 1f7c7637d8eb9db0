using NooksOS.Extensions.KHttpd.Content;

namespace NooksOS.Extensions.KHttpd.Dashboard;

/// <summary>The page that shows the system.</summary>
internal static class DashboardPage
{
    /// <summary>Adds the page and what it loads.</summary>
    public static void AddTo(MemoryFiles files)
    {
        files.Add("/"u8, DashboardFiles.index_html, MediaTypes.Html);
        files.Add("/dashboard.css"u8, DashboardFiles.dashboard_css, MediaTypes.Style);
        files.Add("/dashboard.js"u8, DashboardFiles.dashboard_js, MediaTypes.Script);
        files.Add("/plot.js"u8, DashboardFiles.plot_js, MediaTypes.Script);
        files.Add("/faults.js"u8, DashboardFiles.faults_js, MediaTypes.Script);
        files.Add("/icon.svg"u8, DashboardFiles.icon_svg, MediaTypes.Drawing);
    }
}
