"""The HTTP side of Zvonok: routes, security, jobs and pages; holds no rule and no search."""
