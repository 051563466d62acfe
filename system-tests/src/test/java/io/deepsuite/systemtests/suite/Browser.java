package io.deepsuite.systemtests.suite;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.deepsuite.devstack.certificate.Identity;
import io.deepsuite.devstack.keycloak.DemoUsers;
import io.deepsuite.devstack.keycloak.Role;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** The browser that is installed, without window and with a profile of its own. It trusts the keys of the stack and nothing else that no public authority vouches for. */
public final class Browser implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ChromeDriver driver;
    private final Suite suite;

    private Browser(ChromeDriver driver, Suite suite) {
        this.driver = driver;
        this.suite = suite;
    }

    /** Opens a browser; skips the test where none is installed, unless DEEPSUITE_REQUIRE_BROWSER is set. */
    public static Browser open(Suite suite) {
        var browser = onPath("chromium", "chromium-browser", "google-chrome");
        var driver = onPath("chromedriver");
        boolean installed = browser.length() > 0 && driver.length() > 0;
        if (!installed && System.getenv("DEEPSUITE_REQUIRE_BROWSER") != null) {
            throw new AssertionError(
                    "chromium and chromedriver are not on the PATH, and DEEPSUITE_REQUIRE_BROWSER is set");
        }
        assumeTrue(installed, "SKIPPED: chromium and chromedriver are not installed, so the console is not tried");
        var keys = Stream.of("audit-service", "keycloak")
                .map(name -> fingerprint(suite.stack().identity(name)))
                .toList();
        try {
            var options = new ChromeOptions()
                    .setBinary(browser)
                    .addArguments(List.of(
                            "--headless=new",
                            "--no-sandbox",
                            "--disable-gpu",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync",
                            "--window-size=1280,800",
                            "--user-data-dir=" + Files.createTempDirectory("console-browser"),
                            "--ignore-certificate-errors-spki-list=" + String.join(",", keys)));
            var service = new ChromeDriverService.Builder()
                    .usingDriverExecutable(new File(driver))
                    .usingAnyFreePort()
                    .build();
            return new Browser(new ChromeDriver(service, options), suite);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Goes to a path of the console. */
    public void visit(String path) {
        driver.get(suite.stack().addresses().audit() + path);
    }

    /** Fills in the identity provider's form as the demo user of a role, and waits for the console. */
    public void signIn(Role role) {
        waitFor("username");
        driver.findElement(By.id("username")).sendKeys(role.username());
        driver.findElement(By.id("password"))
                .sendKeys(new DemoUsers(suite.stack().directory()).password(role.username()), Keys.ENTER);
        Awaitility.await()
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> address().contains("/console/"));
    }

    private void waitFor(String id) {
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> !driver.findElements(By.id(id)).isEmpty());
    }

    /** Presses keys where the focus is. */
    public void press(CharSequence... keys) {
        driver.switchTo().activeElement().sendKeys(keys);
    }

    /** Text of what has the focus. */
    public String focused() {
        return driver.switchTo().activeElement().getText();
    }

    /** Moves the focus with the tabulator until it is on an element of that text. @return whether it got there */
    public boolean tabTo(String text, int most) {
        for (int i = 0; i < most; i++) {
            press(Keys.TAB);
            if (focused().strip().equals(text)) {
                return true;
            }
        }
        return false;
    }

    /** Waits until a page holds a text. */
    public void awaitText(String text) {
        Awaitility.await("text: " + text)
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> driver.findElement(By.tagName("body")).getText().contains(text));
    }

    /** The first element that fits a selector of CSS. */
    public WebElement find(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    /** How many elements fit a selector of CSS. */
    public int count(String selector) {
        return driver.findElements(By.cssSelector(selector)).size();
    }

    /** What a script of the test returns. */
    public Object script(String script) {
        return ((JavascriptExecutor) driver).executeScript(script);
    }

    /** Address of the page. */
    public String address() {
        return driver.getCurrentUrl() == null ? "" : driver.getCurrentUrl();
    }

    /** A cookie of this page as a request would carry it; empty when there is none. */
    public String cookie(String name) {
        var cookie = driver.manage().getCookieNamed(name);
        return cookie == null ? "" : name + "=" + cookie.getValue();
    }

    @Override
    public void close() {
        driver.quit();
    }

    private static String fingerprint(Identity identity) {
        try {
            var key = identity.x509().getPublicKey().getEncoded();
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(key));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String onPath(String... programs) {
        return Stream.of(programs)
                .flatMap(program ->
                        Stream.of(System.getenv("PATH").split(":", -1)).map(folder -> Path.of(folder, program)))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElse("");
    }
}
